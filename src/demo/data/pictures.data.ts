/** Drawings of a street that stand in for photos: they show no people and no real place. */

const SCENE = (sky: string, grass: string, thing: string): string => `
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 800">
  <rect width="1200" height="800" fill="${sky}"/>
  <rect y="300" width="1200" height="180" fill="#c9c2b8"/>
  ${[40, 330, 620, 910].map((x) => `<path d="M${x} 480V250l120-90 120 90v230z" fill="#b5654a"/><rect x="${x + 90}" y="330" width="60" height="150" fill="#4d3b33"/>`).join('')}
  <rect y="480" width="1200" height="320" fill="${grass}"/>
  <path d="M0 640h1200v90H0z" fill="#9a9a96"/>
  ${thing}
</svg>`;

const BENCH =
  '<g fill="#6b4a2f"><rect x="420" y="560" width="360" height="28"/><rect x="420" y="600" width="360" height="28"/><rect x="440" y="628" width="26" height="80" fill="#333"/><rect x="734" y="628" width="26" height="80" fill="#333"/></g>';
const LAMP =
  '<g><rect x="588" y="210" width="22" height="480" fill="#3b4046"/><path d="M540 190h118l-24 60h-70z" fill="#f5d76e"/></g>';
const BIN =
  '<g><path d="M520 470h160l-18 230h-124z" fill="#3f6b52"/><rect x="505" y="446" width="190" height="30" rx="10" fill="#2c4a39"/></g>';
const TREE =
  '<g><rect x="576" y="430" width="48" height="250" fill="#5d4330"/><circle cx="600" cy="360" r="150" fill="#4f7d3a"/></g>';

/** The drawing that goes with an action, by what it is about. */
export function pictureOf(title: string): string {
  if (/lantaarn|licht|lamp/i.test(title)) return SCENE('#8fa6c4', '#6f8f57', LAMP);
  if (/bank/i.test(title)) return SCENE('#bcd7ea', '#83a863', BENCH);
  if (/prullenbak|zwerfvuil|afval/i.test(title)) return SCENE('#d9e6ea', '#7fa35f', BIN);
  return SCENE('#cfe3ef', '#7fa35f', TREE);
}
