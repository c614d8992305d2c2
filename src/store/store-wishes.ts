import type { NewWish } from '../reconcile/world/inbox.ts'
import type { Tx } from './database.ts'
import { nowAhead } from './moment.ts'
import { storableJson } from './storable.ts'

/** A comment or a press is one wish, however often it is heard of; heard now, `ahead` ms ahead of the machine's clock. */
export async function storeWishes(
  tx: Pick<Tx, 'insertInto'>,
  wishes: readonly NewWish[],
  ahead: number,
): Promise<void> {
  if (wishes.length === 0) return
  await tx
    .insertInto('wishes')
    .values(
      wishes.map((wish) => ({
        repository_id: wish.repositoryId,
        pull: wish.pull,
        comment_id: wish.press === null ? wish.commentId : null,
        comment_node_id: wish.press === null ? wish.commentNodeId : null,
        press: wish.press === null ? null : storableJson(wish.press),
        by_id: wish.by.id,
        by_login: wish.by.login,
        by_kind: wish.by.kind,
        written_at: wish.writtenAt,
        heard_at: nowAhead(ahead),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
