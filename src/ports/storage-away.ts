/**
 * The database did not answer in time. `uncertain`: a write was under way, so the change may or may not have
 * been made; sending the same form again is safe, because a form is good for one effect.
 */
export class StorageAway extends Error {
  override readonly name = 'StorageAway';

  constructor(
    readonly uncertain: boolean,
    options?: ErrorOptions,
  ) {
    super('The database does not answer.', options);
  }
}
