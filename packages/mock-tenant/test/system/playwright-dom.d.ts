// What playwright-core's types take from those of the DOM, which are not loaded here: they contradict those of Node.js about
// fetch, and no test calls into a page with anything but text.
interface Node {}
interface HTMLElement {}
interface SVGElement {}
interface HTMLElementTagNameMap {}
