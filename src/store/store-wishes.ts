import type { NewWish } from '../reconcile/world.ts'
import type { Tx } from './database.ts'

/** A comment is one wish, however often it is heard of. */
export async function storeWishes(tx: Pick<Tx, 'insertInto'>, wishes: readonly NewWish[]): Promise<void> {
  if (wishes.length === 0) return
  await tx
    .insertInto('wishes')
    .values(
      wishes.map((wish) => ({
        repository_id: wish.repositoryId,
        pull: wish.pull,
        comment_id: wish.commentId,
        comment_node_id: wish.commentNodeId,
        by_id: wish.by.id,
        by_login: wish.by.login,
        by_kind: wish.by.kind,
        written_at: wish.writtenAt,
      })),
    )
    .onConflict((conflict) => conflict.column('comment_id').doNothing())
    .execute()
}
