/** The only source of the present time. Instants are UTC; people's time zones enter in `words/`. */
export interface Clock {
  now(): Date;
}
