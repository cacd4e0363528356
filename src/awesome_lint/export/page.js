"use strict";
const search = document.getElementById("search");
const section = document.getElementById("section");
const tag = document.getElementById("tag");
const count = document.getElementById("count");
const entries = [...document.querySelectorAll("#entries > li")].map((element) => ({
  element,
  text: element.textContent.toLowerCase(),
  sections: element.dataset.sections.split(" "),
  tags: [...element.querySelectorAll(".tag")].map((each) => each.textContent),
}));

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const entry of entries) {
    const fits =
      words.every((word) => entry.text.includes(word)) &&
      (!section.value || entry.sections.includes(section.value)) &&
      (!tag || !tag.value || entry.tags.includes(tag.value));
    entry.element.hidden = !fits;
    shown += fits;
  }
  count.textContent = `${shown} of ${entries.length}`;
}

document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
for (const control of [search, section, tag]) {
  control?.addEventListener("input", filter);
}
filter();
