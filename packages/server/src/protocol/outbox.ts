/** What becomes of the outbox, for the one that empties it. */
export {
  type Delivered,
  leftOut,
  markDeferred,
  markDelivered,
  markRefused,
  type OutboxRow,
  type PendingRow,
  pendingOut,
  readOut,
} from './store.ts';
