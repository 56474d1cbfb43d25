import type { HomeView, ModalView } from '@slack/types';
import type { Locale } from '../../ports/chat';
import type { Log } from '../../ports/log';
import { toBlocks, toModal, type Modal } from './block-kit/convert';
import type { ShownInput } from './block-kit/state';
import { tellWarnings } from './content';
import { writeMetadata, type Origin } from './metadata';
import type { DoorWords } from './words';

/** A card on its way into a view. */
export interface Drawn {
  readonly name: string;
  readonly card: object;
  readonly locale: Locale;
}

export interface Views {
  ofCard(drawn: Drawn, origin: Origin, shown?: readonly ShownInput[]): ModalView;
  /** As `ofCard`, and what its submit button sends. */
  modalOf(drawn: Drawn, shown?: readonly ShownInput[]): Modal;
  home(drawn: Drawn): HomeView;
  /** A view that says one sentence of the section `slack`. */
  saying(key: string, locale: Locale): ModalView;
}

export function createViews({ words, log }: { readonly words: DoorWords; readonly log: Log }): Views {
  const titleOf = (name: string, locale: Locale): string =>
    words.section(locale, 'slack.titles')[name] ?? words.t(locale, 'slack.title');

  const saying = (key: string, locale: Locale): ModalView => ({
    type: 'modal',
    title: { type: 'plain_text', text: words.t(locale, 'slack.title') },
    close: { type: 'plain_text', text: words.t(locale, 'slack.close') },
    blocks: [{ type: 'section', text: { type: 'plain_text', text: words.t(locale, `slack.${key}`) } }],
  });

  const modalOf = ({ name, card, locale }: Drawn, shown?: readonly ShownInput[]): Modal => {
    const labels = {
      title: titleOf(name, locale),
      submit: words.t(locale, 'slack.submit'),
      close: words.t(locale, 'slack.close'),
    };
    const modal = toModal(card, labels, shown);
    tellWarnings(log, name, modal.warnings);
    return modal;
  };

  return {
    modalOf,
    saying,
    ofCard(drawn, origin, shown) {
      const { view, submit } = modalOf(drawn, shown);
      const metadata = writeMetadata(submit?.data ?? {}, origin);
      if (metadata !== null) return { ...view, private_metadata: metadata };
      log.error({ card: drawn.name }, 'A form holds more than a view of Slack can carry.');
      return saying('too-much', drawn.locale);
    },
    home({ name, card }) {
      const { blocks, warnings } = toBlocks(card, 'home');
      tellWarnings(log, name, warnings);
      return { type: 'home', blocks: [...blocks] };
    },
  };
}
