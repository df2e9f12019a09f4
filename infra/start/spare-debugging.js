"use strict";

/**
 * The SDK prepares for its own debugging: it writes down the stack at each promise, and sends the engine
 * five messages a resource, one after the other. With 1,000 users that is two fifths of a preview's CPU.
 * Who debugs the SDK has both by its own PULUMI_DEBUG_PROMISE_LEAKS, and the messages by BASTION_DEBUG.
 *
 * @param {NodeJS.Require} sdk the SDK's own `require`
 */
function spareDebugging(sdk) {
  if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
  sparePromiseStacks(sdk("@pulumi/pulumi/runtime/debuggable"));
  if (process.env.BASTION_DEBUG) return;
  sdk("@pulumi/pulumi/log").debug = () => Promise.resolve();
}

/** What is left of such a stack is its error's text; the SDK names the promise beside it. */
function sparePromiseStacks(debuggable) {
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

module.exports = { spareDebugging };
