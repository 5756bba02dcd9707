/** What becomes of the outbox, for the one that empties it. */
export { type Delivered, markDeferred, markDelivered, markRefused, pendingOut } from './store.ts';
