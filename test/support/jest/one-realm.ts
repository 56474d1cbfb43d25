import vm from 'node:vm';
import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** Stands for "no context of its own" where Jest asks for one: `null` would say that the environment has ended. */
const thisRealm = vm.createContext();
const { compileFunction } = vm;
vm.compileFunction = (code, parameters, { parsingContext, ...options } = {}) =>
  compileFunction(
    code,
    parameters,
    parsingContext && parsingContext !== thisRealm ? { ...options, parsingContext } : options,
  );

/**
 * Runs a test file among the worker's own globals instead of in a context made for it: packages that are loaded once
 * a worker (`packages-once.js`) then share its `Error` and `Array`. What a file adds to the globals goes with it.
 * Why: docs/decisions/0011-tests-in-one-realm.md.
 */
export default class OneRealm implements JestEnvironment {
  readonly global = globalThis as unknown as JestEnvironment['global'];
  readonly moduleMocker = new ModuleMocker(globalThis);
  /** Jest's timers of old: a test that asks for them is told that there are none. */
  readonly fakeTimers = null;
  readonly fakeTimersModern: ModernFakeTimers;
  private readonly keysBefore = new Set(Reflect.ownKeys(globalThis));
  private readonly exit = process.exit;

  constructor({ projectConfig }: JestEnvironmentConfig, _context: EnvironmentContext) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  setup(): Promise<void> {
    return Promise.resolve();
  }

  teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    process.exit = this.exit;
    const added = Reflect.ownKeys(globalThis).filter((key) => !this.keysBefore.has(key));
    for (const key of added) Reflect.deleteProperty(globalThis, key);
    return Promise.resolve();
  }

  exportConditions(): string[] {
    return ['node', 'node-addons'];
  }

  getVmContext(): vm.Context {
    return thisRealm;
  }
}
