import type { EditableFields } from '../domain/user';
import type { ChangeableField } from '../domain/user-edit';
import { word, type Word } from '../ports/card';
import { locationName, roleName } from './known-names';

type Text = string | Word;

export function fieldName(field: ChangeableField): Word {
  return word(`user-fields.${field}`);
}

/** What a field of a user holds, as people read it. */
export function fieldValue(user: EditableFields, field: ChangeableField): Text {
  switch (field) {
    case 'accountEnabled':
      return word(user.accountEnabled ? 'user-fields.allowed' : 'user-fields.blocked');
    case 'roles':
      return listed(user.roles.map(roleName));
    case 'usageLocation':
      return user.usageLocation === '' ? visible('') : locationName(user.usageLocation);
    default:
      return visible(user[field]);
  }
}

/** Names one after the other, each in the reader's language. */
export function listed(names: readonly Text[]): Text {
  const [first, ...others] = names;
  if (first === undefined) return word('user-fields.none');
  return others.length === 0 ? first : word('user-fields.list', { first, rest: listed(others) });
}

function visible(text: string): Text {
  return text === '' ? word('user-fields.none') : text;
}
