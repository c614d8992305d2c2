/** A database that keeps nothing: every name is bound anew. */
export const noMemory = {
  mode: null,
  kept: {
    goodFile: async () => null,
    keepGoodFile: async () => {},
    accountsBound: async () => new Map<string, number | null>(),
    bindAccounts: async (
      _repository: unknown,
      _branch: unknown,
      { found }: { readonly found: ReadonlyMap<string, number | null> },
    ) => found,
  },
}
