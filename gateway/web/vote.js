// Votes with a one-time token. The token stands behind # in the address, so no server's log has it; it travels in the body only.
"use strict";

const $ = (id) => document.getElementById(id);
const campaign = decodeURIComponent(location.pathname.split("/").pop());
const token = location.hash.slice(1);
let questionnaire;

async function ask(what, body) {
  const answer = await fetch(`/api/v1/campaigns/${encodeURIComponent(campaign)}/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    credentials: "omit", // whoever is logged in here votes as nobody all the same
  });
  const document = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(document.errors?.[0]?.zh || document.zh || document.title || "暂时无法连接，请稍后重试");
  return document;
}

function made(tag, text, className) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
}

function grades(subject, dimension) {
  const row = made("div", "", "grades");
  for (const grade of questionnaire.grades) {
    const label = made("label");
    const input = made("input");
    Object.assign(input, { type: "radio", name: `${subject} ${dimension}`, value: grade });
    input.dataset.subject = subject;
    input.dataset.dimension = dimension;
    label.append(input, made("span", grade));
    row.append(label);
  }
  return row;
}

function card(subject) {
  const set = made("fieldset");
  set.append(made("legend", subject.name));
  for (const dimension of questionnaire.dimensions.length ? questionnaire.dimensions : [""]) {
    if (dimension) set.append(made("div", dimension, "dimension"));
    set.append(grades(subject.subject, dimension));
  }
  const clear = made("button", "不评此项", "clear");
  clear.type = "button";
  clear.addEventListener("click", () => {
    set.querySelectorAll("input:checked").forEach((input) => { input.checked = false; });
    count();
  });
  set.append(clear);
  return set;
}

function votes() {
  const given = {};
  document.querySelectorAll("#subjects input:checked").forEach(({ dataset, value }) => {
    if (dataset.dimension) (given[dataset.subject] ??= {})[dataset.dimension] = value;
    else given[dataset.subject] = value;
  });
  return given;
}

function unfinished(given) {
  const wanted = questionnaire.dimensions.length;
  return questionnaire.subjects.filter(({ subject }) => given[subject] && wanted && Object.keys(given[subject]).length < wanted);
}

function count() {
  const given = votes();
  const open = unfinished(given).map(({ name }) => name);
  $("left").textContent = open.length
    ? `还有未评完的项目：${open.join("、")}`
    : `已评 ${Object.keys(given).length} 个，共 ${questionnaire.subjects.length} 个`;
  return Object.keys(given).length > 0 && open.length === 0;
}

async function send(event) {
  event.preventDefault();
  $("notice").textContent = "";
  if (!count()) {
    $("notice").textContent = "请至少评价一个对象，并把评了的对象各项评完。";
    return;
  }
  const button = $("ballot").querySelector("button:not(.clear)");
  button.disabled = true;
  try {
    await ask("token-ballots", { token, votes: votes() });
    history.replaceState(null, "", location.pathname); // the used token does not stay in the address
    $("ballot").hidden = true;
    $("done").hidden = false;
    scrollTo(0, 0);
  } catch (error) {
    $("notice").textContent = error.message;
    button.disabled = false;
    scrollTo(0, 0);
  }
}

async function start() {
  try {
    if (!token) throw new Error("链接不完整：请重新扫描二维码，或完整复制链接。");
    questionnaire = await ask("questionnaire", { token });
    $("title").textContent = questionnaire.title;
    $("subjects").append(...questionnaire.subjects.map(card));
    $("ballot").addEventListener("submit", send);
    $("subjects").addEventListener("change", count);
    count();
    $("ballot").hidden = false;
  } catch (error) {
    $("notice").textContent = error.message;
  }
}

start();
