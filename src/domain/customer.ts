/** A company whose accounts the partner manages. Domains are lower case; the default domain is one of them. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly defaultDomain: string;
  readonly domains: readonly string[];
}
