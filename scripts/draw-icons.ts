import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../test/e2e/browser';

const folder = join(__dirname, '..', 'manifest', 'teams');

/** A roll: names on a sheet, and the one who has answered is ticked. */
const color = `<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192" viewBox="0 0 192 192">
  <rect width="192" height="192" fill="#0F6C73"/>
  <rect x="48" y="40" width="84" height="112" rx="10" fill="#fff"/>
  <g fill="#0F6C73">
    <circle cx="66" cy="66" r="6"/><rect x="80" y="62" width="38" height="8" rx="4"/>
    <circle cx="66" cy="92" r="6"/><rect x="80" y="88" width="38" height="8" rx="4"/>
    <circle cx="66" cy="118" r="6" opacity=".45"/><rect x="80" y="114" width="22" height="8" rx="4" opacity=".45"/>
  </g>
  <circle cx="128" cy="128" r="30" fill="#0F6C73"/>
  <circle cx="128" cy="128" r="24" fill="#FFC83D"/>
  <path d="M117 128.5l8 8 14.5-16" fill="none" stroke="#0B4B50" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>
</svg>`;

/** White on nothing, as Teams wants it. */
const outline = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
  <path d="M24 13V6a2 2 0 0 0-2-2H8a2 2 0 0 0-2 2v20a2 2 0 0 0 2 2h7"/>
  <path d="M11 10h8M11 15h6M11 20h3"/>
  <path d="M17.500 23.500l3.500 3.500 6.500-7.500"/>
</svg>`;

async function main(): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    for (const [file, size, svg] of [
      ['color.png', 192, color] as const,
      ['outline.png', 32, outline] as const,
    ]) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
      writeFileSync(join(folder, file), await page.screenshot({ omitBackground: true }));
    }
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
