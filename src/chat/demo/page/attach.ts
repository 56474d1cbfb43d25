import { byId } from './dom.js';

/** Takes files by the button beside the field, or dropped anywhere onto the page; one after the other. */
export function setUpFiles(send: (file: File) => Promise<void>): void {
  const button = byId('attach', HTMLButtonElement);
  const chooser = byId('file', HTMLInputElement);
  const sendAll = async (files: readonly File[]): Promise<void> => {
    for (const file of files) await send(file);
  };

  button.addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    const chosen = [...(chooser.files ?? [])];
    // The same file can be chosen again.
    chooser.value = '';
    void sendAll(chosen);
  });
  setUpDropping((files) => void sendAll(files));
}

function setUpDropping(take: (files: readonly File[]) => void): void {
  const target = byId('drop', HTMLElement);
  const hide = (): void => {
    target.hidden = true;
  };

  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    target.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    // Between two parts of the page there is somewhere to go; out of the window there is not.
    if (event.relatedTarget === null) hide();
  });
  document.addEventListener('drop', (event) => {
    hide();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
}
