import { rm } from 'node:fs/promises';
import './global-setup';

export default async function stopMongo(): Promise<void> {
  const mongo = globalThis.rollcallTestMongo;
  if (!mongo) return;
  await mongo.stop();
  await rm(mongo.dataDir, { recursive: true, force: true });
}
