import type { Foresee } from '../../src/chat/foresee';
import { openTestHouse, type TestHouse } from '../support/house';

let test: TestHouse;
let foresee: Foresee;

beforeAll(async () => {
  test = await openTestHouse();
  ({ foresee } = test.house);
});
afterAll(() => test.close());

it.each([
  ['/users smith', { verb: 'users.search', opens: 'form', effect: false }],
  ['/rollcall add-user', { verb: 'add-user.open', opens: 'form', effect: false }],
  ['', { verb: 'help.open', opens: 'message', effect: false }],
  ['custmers', { verb: '', opens: 'message', effect: false }],
])('foresees what is typed: %j', (text, foreseen) => {
  expect(foresee({ kind: 'typed', text })).toEqual(foreseen);
});

it.each([
  ['delete-user.confirm', { verb: 'delete-user.confirm', opens: 'message', effect: true }],
  ['audit.page', { verb: 'audit.page', opens: 'form', effect: false }],
  ['nothing.known', { verb: '', opens: 'message', effect: false }],
  ['constructor', { verb: '', opens: 'message', effect: false }],
])('foresees what is pressed: %s', (verb, foreseen) => {
  expect(foresee({ kind: 'pressed', verb, data: {} })).toEqual(foreseen);
});
