import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportFiles } from '../../src/features/import-files';
import { createReadings } from '../../src/features/import-readings';
import { createReceive, type ReceiveDeps } from '../../src/features/import-receive';
import type { Request } from '../../src/features/feature';
import { sampleNow } from '../support/sample-data';
import { sampleImport } from '../support/sample-import';
import { realEntropy } from '../support/entropy';

it('A file is being read for as long as the report of its rows is being written', async () => {
  const slow = { report: () => sleep(3_200, 'https://rollcall.example/f/report') };
  const clock = { now: () => sampleNow };
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const readings = createReadings({
    ...{ clock, log, entropy: realEntropy, ring: () => undefined },
    liveCards: { wake: () => Promise.resolve() },
  });
  const receive = createReceive({
    ...{ readings, log, entropy: realEntropy, maxBytes: 1024 },
    imports: {
      checkFile: () => Promise.resolve({ kind: 'checked', record: sampleImport }),
      checkKept: () => Promise.resolve(null),
    },
    pickedId: () => Promise.resolve(null),
    files: slow as Partial<ImportFiles> as ImportFiles,
  } as Partial<ReceiveDeps> as ReceiveDeps);
  const request = {
    operator: { id: 'web:ada', partnerRole: 'admin_agent', customers: 'all' },
    conversation: { id: 'web:ada', kind: 'personal' },
    now: sampleNow,
  } as Partial<Request> as Request;

  const reply = await receive.file(request, {
    name: 'new.csv',
    size: null,
    open: () => Promise.reject(new Error()),
  });

  expect(reply).toMatchObject({ card: { name: 'import-reading' } });
  const subject = 'live' in reply ? reply.live.subject : '';
  await sleep(400);
  const look = readings.look(() => ({ name: 'lost', data: {} }));
  const live = { subject, card: { name: 'import-reading', data: {} } } as Parameters<typeof look>[0];
  expect(await look(live, sampleNow)).toMatchObject({ card: { name: 'import-checked' } });
});
