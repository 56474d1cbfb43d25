/** A product of a customer with its seats. */
export interface Subscription {
  readonly skuPartNumber: string;
  readonly total: number;
  readonly consumed: number;
}

export function availableSeats(subscription: Subscription): number {
  return Math.max(0, subscription.total - subscription.consumed);
}
