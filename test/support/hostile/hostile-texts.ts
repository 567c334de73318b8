// Texts that would be markup, or break out of it, wherever they are put without being escaped.

/** `address`: nobody should be asked there. */
export function hostileTexts(address: string): { [what: string]: string } {
  const pwn = 'window.__pwned=1';
  return {
    script: `<script>${pwn}</script>`,
    image: `<img src=x onerror="${pwn}">`,
    'picture from elsewhere': `<img src="${address}/image">`,
    svg: `<svg onload="${pwn}"><image href="${address}/svg"/></svg>`,
    frame: `<iframe src="${address}/frame"></iframe>`,
    'double quote': `" autofocus onfocus="${pwn}`,
    'single quote': `' autofocus onfocus='${pwn}`,
    'double quote and tag': `"><img src=x onerror="${pwn}">`,
    'single quote and tag': `'><img src=x onerror='${pwn}'>`,
    table: `</td></tr></tbody></table><img src=x onerror="${pwn}">`,
    'end of script': `</script><script>${pwn}</script>`,
    'end of the rest': `</details></label></progress></div></b></text></svg><img src=x onerror="${pwn}">`,
    comment: `<!--><img src=x onerror="${pwn}">-->`,
    cdata: `<![CDATA[<img src=x onerror="${pwn}">]]>`,
    link: `javascript:${pwn}`,
    'link in HTML': `<a href="javascript:${pwn}">here</a>`,
    'link in Markdown': `[here](javascript:${pwn})`,
    'picture in Markdown': `![](${address}/markdown)`,
    'HTML in Markdown': `\n\n<img src=x onerror="${pwn}">\n\n`,
    'end of a fence': `\n\`\`\`\n<img src=x onerror="${pwn}">\n![](${address}/fence)\n`,
    formula: `$$\\href{javascript:${pwn}}{x}$$`,
    entities: `&lt;img src=x onerror=${pwn}&gt; &#60;script&#62;${pwn}`,
    'null bytes': `<\0img src=x onerror="${pwn}">\0`,
    'half a character': `\ud83d<img src=x onerror="${pwn}">\udc00`,
    'right to left': `\u202e<img src=x onerror="${pwn}">\u2066`,
    escapes: `\u001b[31m<img src=x onerror="${pwn}">\u001b]8;;javascript:${pwn}\u0007x\u001b]8;;\u0007`,
    style: `<style>@import url("${address}/style");</style>`,
  };
}
