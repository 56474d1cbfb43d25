import type { FaultReason } from '../../src/domain/fault';
import { namesForReading } from '../../src/domain/fault';
import { templatesCard, templateValues, type TemplatesView } from '../../src/features/templates-card';
import type { CustomerRequest } from '../../src/features/feature';
import { word, type Card } from '../../src/ports/card';
import type { CardSample } from './card-samples';
import { bakeryTemplates, extremeTemplates } from './card-samples-add-user';
import {
  contosoProducts,
  extremeCustomer,
  extremeProducts,
  hostileName,
  many,
  requestWith,
  sampleForm,
  userManagementAdmin,
} from './sample-data';

export function templatesSamples(): CardSample[] {
  const notice = word('templates.saved', { name: 'Baker' });
  return [
    { card: draw({ all: bakeryTemplates, notice }), as: 'typical' },
    { card: draw({}, { operator: userManagementAdmin }), as: 'none yet, no roles' },
    {
      card: draw({ all: bakeryTemplates, values: templateValues(bakeryTemplates[2]!) }),
      as: 'changing one',
    },
    {
      card: draw(
        { all: extremeTemplates, subscriptions: extremeProducts, page: 5 },
        { customer: extremeCustomer },
      ),
      as: '500 licenses',
      extreme: true,
    },
    { card: full(), as: 'all at once', extreme: true },
  ];
}

function draw(view: Partial<TemplatesView>, changes: Partial<CustomerRequest> = {}): Card {
  return templatesCard(requestWith(undefined, changes), {
    all: [],
    subscriptions: contosoProducts,
    page: 0,
    form: sampleForm,
    values: {},
    newForm: () => sampleForm,
    ...view,
  });
}

function full(): Card {
  const reasons: Readonly<Record<string, FaultReason>> = {
    name: 'control-characters',
    usageLocation: 'unknown-location',
    department: 'control-characters',
    licenses: 'unknown-license',
    roles: 'unknown-role',
  };
  const names = namesForReading(many(20, () => hostileName));
  const template = extremeTemplates[0]!;
  return draw(
    {
      all: extremeTemplates,
      subscriptions: extremeProducts,
      page: 5,
      values: {
        ...templateValues({ ...template, licenses: template.licenses.slice(0, 10) }),
        find: 'product',
      },
      faults: Object.entries(reasons).map(([field, reason]) => ({ field, reason, names, limit: 64 })),
      notice: word('templates.removed', { name: template.name }),
    },
    { customer: extremeCustomer },
  );
}
