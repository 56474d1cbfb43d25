import type { InputBlockElement } from '@slack/types';

/** An input, or a part of one that Slack cannot hold in one block. */
export interface InputPart {
  readonly element: InputBlockElement;
  /** What stands in it at first; '' for nothing. */
  readonly value: string;
  readonly several?: boolean;
  /** Behind the label, where there are other parts. */
  readonly range?: string;
}
