/** How the hand-over page looks, on a screen, on a phone and on paper. */
export const handOverStyle = `
:root{color-scheme:light dark;--page:#f3f6f6;--card:#fff;--text:#18262a;--soft:#51646a;--line:#c9d5d6;--accent:#0f6c73;
--on-accent:#fff;--field:#eef4f4}
@media (prefers-color-scheme:dark){:root{--page:#0f1718;--card:#172224;--text:#e8f0f0;--soft:#a7babc;--line:#35484b;
--accent:#6cc9cf;--on-accent:#06282b;--field:#0f1b1d}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:1.0625rem/1.55 system-ui,sans-serif}
header,main{max-width:42rem;margin:0 auto;padding:0 1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;justify-content:space-between;padding-top:1.25rem}
.brand{margin:0;font-weight:650;color:var(--accent)}
nav ul{display:flex;gap:.25rem;margin:0;padding:0;list-style:none}
nav a{display:inline-block;padding:.35rem .6rem;border-radius:.4rem}
nav [aria-current]{color:var(--text);text-decoration:none;background:var(--card)}
a{color:var(--accent)}
main{padding-bottom:3rem}
.card{margin-top:1rem;padding:1.75rem;background:var(--card);border:1px solid var(--line);border-radius:.9rem}
h1{margin:0 0 .75rem;font-size:1.6rem;line-height:1.25;text-wrap:balance}
h1:focus{outline:none}
p{margin:0 0 1rem}
.card>:last-child{margin-bottom:0}
.soft{color:var(--soft);font-size:.95rem}
button,.button{display:inline-block;padding:.7rem 1.4rem;font:inherit;font-weight:600;line-height:1.3;text-decoration:none;
cursor:pointer;border:2px solid var(--accent);border-radius:.55rem;background:var(--accent);color:var(--on-accent)}
.second{background:transparent;color:var(--accent)}
[hidden]{display:none}
button:hover,.button:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.row{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin-bottom:1rem}
#status{margin:0}
dl,dd,.sheet{margin:0;padding:0}
dt{color:var(--soft);font-size:.9rem}
dd{overflow-wrap:anywhere}
code{font-family:ui-monospace,"Cascadia Mono",Consolas,Menlo,monospace;font-weight:600;user-select:all}
.one{margin-bottom:1.25rem}
.one div+div{margin-top:1rem}
.one .secret{margin-top:.25rem;padding:.9rem 1rem;border:1px solid var(--line);border-radius:.55rem;background:var(--field)}
.one code{font-size:clamp(1.2rem,6vw,1.9rem);letter-spacing:.02em}
.sheet{list-style:none;border-top:2px dashed var(--line)}
.sheet li{padding:1rem 0;border-bottom:2px dashed var(--line)}
.sheet dl{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.25rem 1.5rem}
.sheet .name{margin:0 0 .25rem;font-weight:600;overflow-wrap:anywhere}
.sheet code{font-size:1.15rem}
.sheet .soft{margin:.35rem 0 0;font-size:.85rem}
@media (max-width:34rem){.card{padding:1.25rem}.sheet dl{grid-template-columns:minmax(0,1fr)}}
@media print{
@page{margin:12mm}
:root{color-scheme:light;--page:#fff;--card:#fff;--text:#000;--soft:#000;--line:#555;--accent:#000;--field:#fff}
body{font-size:11pt}
header,.screen{display:none!important}
header,main{max-width:none;padding:0}
.card{margin:0;padding:0;border:0}
.sheet li{padding:4mm 0;break-inside:avoid}
.sheet dl{grid-template-columns:minmax(0,1fr) auto}
.sheet code,.one code{font-size:14pt}
}
`;
