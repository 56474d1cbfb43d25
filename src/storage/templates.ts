import type { Connection } from 'mongoose';
import { templateKey } from '../domain/template';
import type { Template, Templates } from '../ports/templates';
import { answered } from './away';
import { createChange, TakenBack } from './changes';
import type { Records } from './records';

interface Deps {
  readonly connection: Connection;
  readonly records: Records;
}

export function createMongoTemplates({ connection, records }: Deps): Templates {
  const { templates } = records;
  const change = createChange({ connection, records });

  return {
    list: (customerId) =>
      answered('read', async () => {
        const found = await templates.find({ customerId }).sort({ nameKey: 1 }).lean();
        return found.map(toTemplate);
      }),

    save: ({ id, ...template }, effect) =>
      change(template.customerId, effect.id, async (session) => {
        const key = { customerId: template.customerId, nameKey: templateKey(template.name) };
        const roles = [...template.roles];
        const licenses = [...template.licenses];
        await templates.updateOne(
          key,
          { $set: { ...template, roles, licenses }, $setOnInsert: { _id: id } },
          { session, upsert: true },
        );
        return { outcome: { kind: 'saved' }, effect };
      }),

    remove: (customerId, templateId, effect) =>
      change<{ kind: 'removed' | 'missing' }>(customerId, effect.id, async (session) => {
        const { deletedCount } = await templates.deleteOne({ _id: templateId, customerId }, { session });
        if (deletedCount === 0) throw new TakenBack({ kind: 'missing' });
        return { outcome: { kind: 'removed' }, effect };
      }),
  };
}

function toTemplate({
  _id,
  customerId,
  name,
  usageLocation,
  department,
  roles,
  licenses,
}: Omit<Template, 'id'> & { readonly _id: string }): Template {
  return { id: _id, customerId, name, usageLocation, department, roles, licenses };
}
