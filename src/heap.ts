import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 collect garbage once the heap has grown by half. By itself it waits until there is several times as much as
 * what lives, so that the longer a file, the more memory its import took; that spared no processor time. A later V8 that
 * does not know the flag says so on stderr and goes on.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
