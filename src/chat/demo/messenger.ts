import type { Messenger } from '../../ports/messenger';
import type { Transcripts } from './transcripts';
import type { RenderCard } from './turn';

/** Changes messages of the demo; the pages that show them hear of it at once. */
export function createDemoMessenger(transcripts: Transcripts, renderCard: RenderCard): Messenger {
  return {
    update(address, card, locale) {
      const transcript = transcripts.find(address.conversation);
      if (!transcript) return Promise.resolve('gone');
      const changed = transcript.replace(address.message, renderCard(card, locale));
      return Promise.resolve(changed ? 'delivered' : 'gone');
    },
    post(conversation, card, locale) {
      const drawn = renderCard(card, locale);
      const { id: message } = transcripts.open(conversation).append({ from: 'bot', card: drawn });
      return Promise.resolve({ conversation, message });
    },
  };
}
