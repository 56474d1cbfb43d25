/** A product of a customer with its seats. */
export interface Subscription {
  readonly skuPartNumber: string;
  readonly total: number;
  readonly consumed: number;
}

export function availableSeats(subscription: Subscription): number {
  return Math.max(0, subscription.total - subscription.consumed);
}

const productNames: ReadonlyMap<string, string> = new Map([
  ['ENTERPRISEPACK', 'Office 365 E3'],
  ['ENTERPRISEPREMIUM', 'Office 365 E5'],
  ['EMS', 'Enterprise Mobility + Security E3'],
  ['POWER_BI_PRO', 'Power BI Pro'],
  ['AAD_PREMIUM', 'Microsoft Entra ID P1'],
  ['AAD_PREMIUM_P2', 'Microsoft Entra ID P2'],
  ['RIGHTSMANAGEMENT', 'Azure Information Protection Plan 1'],
  ['MCOMEETADV', 'Microsoft 365 Audio Conferencing'],
  ['Microsoft_365_Copilot', 'Microsoft 365 Copilot'],
]);

/** Microsoft's name of a product, or its SKU part number where the name is not known here. */
export function productName(skuPartNumber: string): string {
  return productNames.get(skuPartNumber) ?? skuPartNumber;
}

/** Microsoft's own name of a product; it holds neither spaces nor what separates values in a form. */
export function isSkuPartNumber(text: string): boolean {
  return /^[\w.()/+-]{1,100}$/.test(text);
}
