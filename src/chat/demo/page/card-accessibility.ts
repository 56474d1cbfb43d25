const marked = { faulty: '[aria-invalid="true"], .is-faulty input', byRenderer: '__ac-' };
let faultsShown = 0;

/** Mends in a rendered card what the renderer leaves out for keyboards and screen readers. */
export function makeAccessible(card: HTMLElement): void {
  for (const element of card.querySelectorAll<HTMLElement>('[id]')) freeId(element);
  for (const link of card.querySelectorAll('a')) link.rel = 'noopener noreferrer';
  for (const field of card.querySelectorAll<HTMLInputElement>('input, textarea')) field.autocomplete = 'off';
  for (const button of card.querySelectorAll('button')) nameByTip(button);
  for (const select of card.querySelectorAll('select')) mendSelect(select);
  for (const label of card.querySelectorAll('label')) mendLabel(card, label);
  for (const fault of card.querySelectorAll<HTMLElement>('[data-id^="fault."]')) tieFault(card, fault);
  markFaults(card);
  card.addEventListener('keydown', pressBesideField);
  card.addEventListener('change', completeChoice);
  new MutationObserver(() => markFaults(card)).observe(card, { subtree: true, attributeFilter: ['class'] });
}

/** The first field whose reason the card gives, for the focus to go to. */
export function firstFaulty(element: HTMLElement): HTMLElement | null {
  return element.querySelector<HTMLElement>(marked.faulty);
}

/** Ids of a card are its own: many cards on one page would repeat them, and the page's. */
function freeId(element: HTMLElement): void {
  if (element.id.startsWith(marked.byRenderer)) return;
  element.dataset['id'] = element.id;
  element.removeAttribute('id');
}

/** The card gives the reason for a refused value in an element called `fault.<input id>`. */
function tieFault(card: HTMLElement, fault: HTMLElement): void {
  const input = (fault.dataset['id'] ?? '').slice('fault.'.length);
  const field = card.querySelector(`[data-id="${CSS.escape(input)}"] .ac-input`);
  if (!field) return;
  fault.id = `fault-${++faultsShown}`;
  field.classList.add('is-faulty');
  field.setAttribute('aria-describedby', fault.id);
}

/** Buttons of rows are all called alike, and their tips say what each is for: `Pick`, `Pick Contoso`. */
function nameByTip(button: HTMLButtonElement): void {
  if (button.title.startsWith(`${button.textContent} `)) button.ariaLabel = button.title;
}

/** The renderer hides the empty option, so that a choice once made could not be taken back. */
function mendSelect(select: HTMLSelectElement): void {
  const empty = select.options[0];
  if (select.ariaRequired === 'true' || empty?.value !== '') return;
  empty.hidden = false;
  empty.disabled = false;
}

/** Check boxes and radio buttons are a group named by the label, which the renderer ties to a plain element. */
function mendLabel(card: HTMLElement, label: HTMLLabelElement): void {
  const control = label.htmlFor ? card.querySelector(`#${CSS.escape(label.htmlFor)}`) : null;
  if (!(control instanceof HTMLDivElement)) return;
  const fields = control.querySelectorAll('input');
  const only = fields.length === 1 ? fields[0] : undefined;
  if (only) {
    only.id ||= `${control.id}-field`;
    label.htmlFor = only.id;
    // The renderer names a filtered list by its placeholder, which would hide the label.
    if (only.ariaLabel === only.placeholder) only.ariaLabel = null;
    control.removeAttribute('aria-labelledby');
    return;
  }
  label.removeAttribute('for');
  control.setAttribute('role', fields[0]?.type === 'radio' ? 'radiogroup' : 'group');
  control.setAttribute('aria-labelledby', label.id);
}

/** Enter in a one-line field presses the button that stands in the same line, as in any search field. */
function pressBesideField(event: KeyboardEvent): void {
  const { target } = event;
  if (event.key !== 'Enter' || event.isComposing || !(target instanceof HTMLInputElement)) return;
  const button = target.parentElement?.querySelector<HTMLElement>('.ac-inlineActionButton');
  if (!button || button === target) return;
  event.preventDefault();
  button.click();
}

/** A choice typed into a filtered list counts whatever its case and accents. */
function completeChoice({ target }: Event): void {
  if (!(target instanceof HTMLInputElement) || !target.list) return;
  const typed = target.value.trim();
  const isTyped = ({ value }: HTMLOptionElement): boolean =>
    value.localeCompare(typed, undefined, { sensitivity: 'base' }) === 0;
  target.value = [...target.list.options].find(isTyped)?.value ?? target.value;
}

function markFaults(card: HTMLElement): void {
  for (const field of card.querySelectorAll('.ac-input:not(div)')) {
    const isWrong = field.matches('.ac-input-validation-failed, .ac-input-validation-failed > *, .is-faulty');
    if (isWrong) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
}
