import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import { isFormId, newFormId } from '../domain/hand-over';
import type { Directory } from '../ports/directory';
import type { Operators } from '../ports/operators';
import type { People } from '../ports/people';
import type { Outcome, Reply, Request } from './feature';
import { createMeantOperator, isListed } from './meant-operator';
import { createOperatorForm, valuesOf } from './operator-form';
import { offersFor, operatorsPage } from './operator-list';
import { createOperatorSaved } from './operator-saved';
import { createOperatorsView } from './operator-view';
import { createRemoveOperator } from './remove-operator';
import { createSaveOperator } from './save-operator';
import { shortened } from './shorten';

const form = z.string().refine(isFormId);

export const operatorsFrozen = {
  open: z.strictObject({
    /** Which card is drawn; the list unless told. */
    step: z.enum(['add', 'change', 'remove']).optional(),
    operator: z.string().optional(),
    /** Of a form that is drawn again because something was searched inside it. */
    form: form.optional(),
    seen: z.string().optional(),
    text: z.string().optional(),
    after: z.string().optional(),
    before: z.string().optional(),
  }),
  /** `operator` and `seen` stand on a form that changes somebody. */
  save: z.strictObject({ form, operator: z.string().optional(), seen: z.string().optional() }),
  remove: z.strictObject({ operator: z.string(), form }),
};
type Frozen = { readonly [Step in keyof typeof operatorsFrozen]: z.infer<(typeof operatorsFrozen)[Step]> };

/** Characters; the card repeats them. */
const longestSearch = 256;

interface Deps {
  readonly operators: Operators;
  readonly people: People;
  readonly directory: Pick<Directory, 'searchCustomers'>;
  readonly entropy: Entropy;
  /** Whether `web:<name>` can be an operator. */
  readonly demo: boolean;
}

/** Who may use Rollcall, with which partner role, for which customers. */
export function createOperators({ operators, people, directory, entropy, demo }: Deps) {
  const view = createOperatorsView({ people, directory });
  const draw = createOperatorForm({ operators, people, directory });
  const meant = createMeantOperator(operators);
  const saved = createOperatorSaved(view);
  const removing = createRemoveOperator({ operators, view, meant, saved, entropy });
  const save = createSaveOperator({ operators, directory, draw, view, meant, saved, demo });

  const list = async ({
    operator: reader,
    frozen,
    values,
    text: typed,
  }: Request<Frozen['open'] | undefined>): Promise<Reply> => {
    const text = (values['text'] ?? frozen?.text ?? typed).slice(0, longestSearch);
    const all = await operators.list();
    const names = await people.names(all.map(({ id }) => id));
    const page = operatorsPage(all, names, { ...frozen, text });
    const shown = await view(page.items, reader);
    const data = {
      text,
      search: page.many || text !== '' ? [{ frozen: {} }] : [],
      everybody: operators.everybodyMay ? [{}] : [],
      none: page.items.length === 0,
      operators: page.items.map((one, place) => ({
        ...shown[place],
        configured: one.configured,
        ...offersFor(
          one,
          shortened(names.get(one.id) ?? one.id, 40),
          reader,
          one.configured || operators.everybodyMay,
        ),
      })),
      previous: page.previous === null ? [] : [{ frozen: { text, before: page.previous } }],
      add: { step: 'add' },
      next: page.next === null ? [] : [{ frozen: { text, after: page.next } }],
    };
    return { audience: 'operator', card: { name: 'operators', data } };
  };

  const change = async (request: Request<Frozen['open'] | undefined>, id: string): Promise<Outcome> => {
    const listed = await meant(request, id);
    if (!isListed(listed)) return listed;
    const { form: formId } = request.frozen ?? {};
    const values = formId === undefined ? valuesOf(listed) : request.values;
    return draw(request.operator, { form: formId ?? newFormId(entropy), changes: listed, values });
  };

  return {
    /** Lists the operators, or draws the form that adds or changes one, or asks before one is removed. */
    async open(request: Request<Frozen['open'] | undefined>): Promise<Outcome> {
      const { step, operator: id = '', form: formId = newFormId(entropy) } = request.frozen ?? {};
      switch (step) {
        case 'add':
          return draw(request.operator, { form: formId, changes: null, values: request.values });
        case 'change':
          return change(request, id);
        case 'remove':
          return removing.ask(request, id);
        default:
          return list(request);
      }
    },

    save: (request: Request<Frozen['save']>): Promise<Outcome> => save(request),
    remove: (request: Request<Frozen['remove']>): Promise<Outcome> => removing.remove(request),
  };
}
