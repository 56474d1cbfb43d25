import os from 'node:os';

/** Handed over because the driver otherwise takes it by a dynamic import, which test runners may not allow. */
export const driverAdapters = { runtimeAdapters: { os } };
