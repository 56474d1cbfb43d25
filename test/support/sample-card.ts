const countryNames = new Intl.DisplayNames('en', { type: 'region' });

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
const countries = letters
  .flatMap((one) => letters.map((other) => one + other))
  .filter((code) => countryNames.of(code) !== code)
  .map((code) => ({ title: countryNames.of(code) ?? code, value: code }));

const licenses = [
  'Microsoft 365 E3',
  'Microsoft 365 E5',
  'Microsoft 365 Business Premium',
  'Office 365 E1',
  'Exchange Online (Plan 1)',
  'Power BI Pro',
  'Visio Plan 2',
  'Microsoft Entra ID P2',
  'Microsoft Defender for Office 365 (Plan 2)',
  'Windows 365 Enterprise 4 vCPU, 16 GB, 256 GB',
].map((title, index) => ({ title: `${title} · ${index * 3} free`, value: `SKU_${index}` }));

const run = (text: string, style: object = {}) => ({ type: 'TextRun', text, ...style });
const rich = (...inlines: object[]) => ({ type: 'RichTextBlock', inlines });
const column = (width: string, ...items: object[]) => ({ type: 'Column', width, items });
const execute = (title: string, verb: string, more: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  data: { frozen: `sealed-${verb}` },
  ...more,
});
const text = (id: string, label: string, more: object = {}) => ({ type: 'Input.Text', id, label, ...more });

const customerHeader = {
  type: 'ColumnSet',
  columns: [
    column(
      'stretch',
      rich(run('Contoso Ltd', { weight: 'bolder' }), run('  contoso.com', { isSubtle: true })),
    ),
    column('auto', {
      type: 'ActionSet',
      actions: [execute('Change', 'customers.search', { associatedInputs: 'none' })],
    }),
  ],
};

const names = {
  type: 'ColumnSet',
  columns: [
    column('stretch', text('givenName', 'First name')),
    column('stretch', text('surname', 'Last name')),
  ],
};

const reason = {
  ...rich(run('No dot directly before the @.', { color: 'attention', size: 'small' })),
  id: 'fault.username',
};

/** A form as rich as the product's own: every kind of input, a heading, columns and buttons of each style. */
export const formCard = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    customerHeader,
    {
      type: 'TextBlock',
      text: 'Add a user',
      style: 'heading',
      wrap: true,
      separator: true,
      spacing: 'medium',
    },
    names,
    text('displayName', 'Display name', {
      isRequired: true,
      errorMessage: 'Enter a display name.',
      placeholder: 'As others see it',
    }),
    text('username', 'User name', { value: 'zoe' }),
    {
      type: 'Input.ChoiceSet',
      id: 'usageLocation',
      label: 'Location',
      choices: countries,
      placeholder: 'Choose',
    },
    {
      type: 'Input.ChoiceSet',
      id: 'licenses',
      label: 'Licenses',
      style: 'expanded',
      isMultiSelect: true,
      choices: licenses,
    },
    {
      type: 'Input.ChoiceSet',
      id: 'template',
      label: 'Start from',
      style: 'expanded',
      choices: [
        { title: 'Nothing', value: 'none' },
        { title: 'The last user', value: 'last' },
      ],
      value: 'none',
    },
    {
      type: 'Input.ChoiceSet',
      id: 'copyFrom',
      label: 'Copy from',
      style: 'filtered',
      choices: [
        { title: 'Adele Vance', value: 'u-1' },
        { title: 'Alex Wilber', value: 'u-2' },
      ],
      value: 'u-2',
    },
    { type: 'Input.Toggle', id: 'accountEnabled', title: 'May sign in', value: 'true' },
    text('notes', 'Notes', { isMultiline: true }),
  ],
  actions: [
    execute('Create', 'add-user.save', { style: 'positive' }),
    execute('Delete', 'delete-user.ask', { style: 'destructive', associatedInputs: 'none' }),
    execute('Not now', 'add-user.cancel', { associatedInputs: 'none' }),
  ],
};

/** The form again, with the reason beside the field whose value was refused. */
export const refusedCard = {
  ...formCard,
  body: formCard.body.flatMap<object>((item) =>
    'id' in item && item.id === 'username' ? [item, reason] : [item],
  ),
};

/** Plain text and two buttons. */
export function textCard(title: string, ...lines: readonly string[]): object {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      { type: 'TextBlock', text: title, style: 'heading', wrap: true },
      ...lines.map((line) => rich(run(line))),
      {
        type: 'ActionSet',
        actions: [
          execute('Add user', 'add-user.open'),
          { type: 'Action.OpenUrl', title: 'Open the page', url: 'http://127.0.0.1:9/s/token' },
        ],
      },
    ],
  };
}

/** What stands after a save: facts, a state and a link to copy. */
export const doneCard = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    customerHeader,
    {
      type: 'Container',
      style: 'good',
      separator: true,
      spacing: 'medium',
      items: [{ type: 'TextBlock', text: 'The user was created', style: 'heading', wrap: true }],
    },
    rich(
      run('Zoë **Bold** [x](http://evil.example)', { weight: 'bolder' }),
      run('  zoe@contoso.com', { isSubtle: true }),
    ),
    {
      type: 'FactSet',
      facts: [
        { title: 'Location', value: 'France' },
        { title: 'Licenses', value: 'Microsoft 365 E3' },
      ],
    },
    rich(
      run('http://127.0.0.1:3978/s/JvFm4Cd3aPEUhybpJvFm4Cd3aPEUhybpJvFm4Cd3aPE', { fontType: 'monospace' }),
    ),
    { type: 'TextBlock', text: 'Waiting: not opened yet', color: 'warning', wrap: true },
  ],
  actions: [execute('Add another user', 'add-user.again'), execute('Issue again', 'hand-over.ask')],
};
