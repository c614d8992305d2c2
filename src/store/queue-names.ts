/** The queues that are worked on. What fails for good goes to `parked`. */
export const queueNames = ['pass', 'outbox', 'sweep'] as const
