/** A memory in which no configuration file was ever kept. */
export const noMemory = { mode: null, kept: { goodFile: async () => null, keepGoodFile: async () => {} } }
