import type { Browser, Page } from 'playwright-core';
import { createPictures } from '../src/pictures/timeline';
import { many } from '../test/support/sample-data';

export const pictureWidth = 600;

/** Draws one card; answers a PNG. */
export type Draw<What> = (what: What) => Promise<Buffer>;

/** A page in this style with one `main`, which a script fills before its picture is taken. */
export async function openDrawingPage(browser: Browser, style: string) {
  const page: Page = await browser.newPage({
    viewport: { width: pictureWidth + 16, height: 400 },
    colorScheme: 'light',
  });
  const timeline = await sampleTimeline();
  await page.route('**/f/**', (route) => route.fulfill({ contentType: 'image/png', body: timeline }));
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${style}</style><main></main>`);
  const picture: Draw<string> = async (script) => {
    await page.evaluate(
      `(() => { ${script}\n return Promise.all([...document.images].map((image) => image.decode())); })()`,
    );
    return page.locator('main').screenshot();
  };
  return { page, picture };
}

/** What stands behind every link to a picture. */
function sampleTimeline(): Promise<Buffer> {
  const lost = [1, 4, 27];
  return createPictures().timeline({
    days: many(30, (place) => new Date(Date.UTC(2026, 10, 22 + place)).toISOString().slice(5, 10)),
    counts: many(30, (place) => (lost.includes(place) ? 1 : 0)),
    marks: lost.map((day, place) => ({ day, label: String(place + 1) })),
  });
}
