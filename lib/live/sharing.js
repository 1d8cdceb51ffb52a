// What a reader takes away from a figure: a line that shows it in another page, copied to the clipboard.

/**
 * The line of HTML that shows a figure alone in any page, as it stands: see pages/figures/alone.py.
 * @param {HTMLElement} root @param {string} address in the folder of the figures @param {string} words
 */
function frameOf(root, address, words) {
  const home = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const plain = (/** @type {string} */ text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  const [src, title] = [`${home}figure/${address}`, words].map(plain);
  return `<iframe src="${src}" title="${title}" style="width: 100%; height: ${root.offsetHeight + 60}px; border: 0"></iframe>`;
}

/**
 * Copy a text, and show it for a while, for where nothing can be copied.
 * @param {HTMLElement} news where it is shown @param {string} what @param {string} name
 */
async function copyInto(news, what, name) {
  try {
    await navigator.clipboard.writeText(what);
    news.textContent = `${name} copied: ${what}`;
  } catch {
    news.textContent = `Copy this ${name.toLowerCase()}: ${what}`;
  }
  news.classList.add("live-said");
  const since = (news.dataset.since = String(performance.now()));
  setTimeout(() => {
    if (news.dataset.since === since) news.classList.remove("live-said"); // else told anew since
  }, 4000);
}
