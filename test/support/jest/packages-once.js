const { createRequire } = require('node:module');
const { default: Runtime } = require('jest-runtime');

/** Gives every test file of a worker the same packages, where Jest would load them anew for each. Our own files stay fresh. */
module.exports = class PackagesOnce extends Runtime {
  requireModuleOrMock(from, name) {
    const isOurs = name.startsWith('.') || name.startsWith('/');
    return isOurs ? super.requireModuleOrMock(from, name) : createRequire(from)(name);
  }
};
