import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import { newId } from '../domain/id';
import { isAllowed, rolesAllowed } from '../domain/permission';
import { checkTemplate, templateKey } from '../domain/template';
import { word } from '../ports/card';
import type { AuditEntry } from '../ports/audit';
import type { Directory } from '../ports/directory';
import type { Template, Templates } from '../ports/templates';
import type { CustomerRequest, Denied, Reply } from './feature';
import { templatesCard, templateValues, type TemplatesView } from './templates-card';

const customerId = z.string();
const page = z.number().int().min(0).optional();
const form = z.string().refine(isFormId);
export const templatesFrozen = {
  /**
   * `edit`: the template to show in the form. `form`: that of a form that is drawn again to search its list. `below`:
   * the card that was pressed stays, with what is typed into it.
   */
  open: z.strictObject({
    customerId,
    page,
    edit: z.string().optional(),
    form: form.optional(),
    below: z.boolean().optional(),
  }),
  save: z.strictObject({ customerId, page, form }),
  remove: z.strictObject({ customerId, page, form, templateId: z.string() }),
};
type Frozen = { readonly [Step in keyof typeof templatesFrozen]: z.infer<(typeof templatesFrozen)[Step]> };

interface Deps {
  readonly directory: Pick<Directory, 'listSubscriptions'>;
  readonly templates: Templates;
  readonly entropy: Entropy;
}

type Shown = Partial<Pick<TemplatesView, 'form' | 'values' | 'faults' | 'notice'>>;

/** What new users of a customer can start from. */
export function createTemplates({ directory, templates, entropy }: Deps) {
  const newForm = (): string => newFormId(entropy);

  const draw = async (
    request: CustomerRequest<{ readonly page?: number | undefined }>,
    shown: Shown = {},
  ): Promise<Reply> => {
    const { id } = request.customer;
    const [all, subscriptions] = await Promise.all([templates.list(id), directory.listSubscriptions(id)]);
    const { page = 0 } = request.frozen;
    const view = { form: newForm(), values: {}, ...shown, all, subscriptions, page, newForm };
    return { audience: 'operator', card: templatesCard(request, view) };
  };

  return {
    async open(request: CustomerRequest<Frozen['open']>): Promise<Reply> {
      const { edit, form, below } = request.frozen;
      if (form !== undefined) return draw(request, { form, values: request.values });
      const chosen =
        edit === undefined
          ? undefined
          : (await templates.list(request.customer.id)).find(({ id }) => id === edit);
      const reply = await draw(request, chosen ? { values: templateValues(chosen) } : {});
      return below ? { ...reply, place: 'below' } : reply;
    },

    /** Stores the template once for each form; one of the same name gives way. */
    async save(request: CustomerRequest<Frozen['save']>): Promise<Reply | Denied> {
      const { customer, operator, frozen, values, now } = request;
      const [existing, subscriptions] = await Promise.all([
        templates.list(customer.id),
        directory.listSubscriptions(customer.id),
      ]);
      const skuPartNumbers = subscriptions.map((one) => one.skuPartNumber);
      const mayAssignRoles = isAllowed(operator.partnerRole, 'assign_role');
      const checked = checkTemplate(values, { existing, skuPartNumbers, mayAssignRoles });
      if (!checked.ok) {
        const { faults } = checked;
        if (faults.some(({ reason }) => reason === 'role-not-allowed')) return mayNotAssign(request);
        return draw(request, { form: frozen.form, values, faults });
      }

      const { draft } = checked;
      const former = existing.find(({ name }) => templateKey(name) === templateKey(draft.name));
      const template = { id: newId(entropy, now), customerId: customer.id, ...draft };
      const outcome = await templates.save(template, {
        id: effectId(frozen.form),
        result: { name: draft.name },
        audit: [entryOf(request, { before: former, after: template })],
      });
      const name = outcome.kind === 'repeated' ? (outcome.result.name ?? '') : draft.name;
      return draw(request, { notice: word('templates.saved', { name }) });
    },

    async remove(request: CustomerRequest<Frozen['remove']>): Promise<Reply> {
      const { customer, frozen } = request;
      const { form, templateId } = frozen;
      const former = (await templates.list(customer.id)).find(({ id }) => id === templateId);
      const outcome = await templates.remove(customer.id, templateId, {
        id: effectId(form),
        result: { name: former?.name ?? '' },
        audit: [entryOf(request, { before: former })],
      });
      const name = outcome.kind === 'repeated' ? outcome.result.name : former?.name;
      const notice =
        outcome.kind === 'missing' || !name ? word('templates.missing') : word('templates.removed', { name });
      return draw(request, { notice });
    },
  };
}

function entryOf(
  { customer, operator, now }: CustomerRequest,
  { before, after }: { before?: Template | undefined; after?: Template },
): AuditEntry {
  return {
    at: now,
    operator: operator.id,
    action: 'update_customer',
    customerId: customer.id,
    target: customer.defaultDomain,
    outcome: 'success',
    details: {
      ...(before ? { before: { template: templateValues(before) } } : {}),
      ...(after ? { after: { template: templateValues(after) } } : {}),
    },
  };
}

function mayNotAssign({ customer }: CustomerRequest): Denied {
  const action = 'assign_role';
  const roles = rolesAllowed(action);
  return { denied: { action, customerId: customer.id, target: customer.defaultDomain, roles } };
}
