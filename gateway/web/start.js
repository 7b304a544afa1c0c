// A client of the HTTP API like any other. Text from the server only ever becomes text, never markup.
const $ = (id) => document.getElementById(id);
let csrf = "";

const WORDS = {
  staff: "工作人员", unit_head: "单位负责人", assessor: "核评科室", hr: "人事", panel: "绩效考核小组", leader: "领导", office: "考核办",
  complaints_centre: "12315 中心", devices: "设备管理", auditor: "审计", admin: "系统管理员",
  access: "资质准入口", routine_supervision: "常规监管口", special_supervision: "非常规监管口",
  enforcement_support: "执法保障综合口", association_guidance: "协会指导口", all: "五口共用",
  common: "共性类", professional: "专业类", contribution: "贡献类", additional: "附加类",
  declarations: "申报", to_declare: "待申报", to_verify: "待核实", to_assess: "待核评", orders_to_answer: "待办任务单",
  orders_to_judge: "待评定任务单", contributions_to_screen: "待初审贡献", ballots_to_cast: "待投票",
  opinions_to_give: "待出具意见", vetoes_to_confirm: "待确认否决",
  declaration: "申报", task_order: "任务单", evaluation: "主观评估",
};
const word = (key) => WORDS[key] ?? key;

async function api(method, path, body) {
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
  const answer = await fetch("api/v1/" + path, { method, headers, body: body && JSON.stringify(body) });
  const content = answer.status === 204 ? null : await answer.json();
  if (answer.ok) return content;
  const faults = (content.errors ?? []).map((fault) => fault.zh).join("；");
  throw Object.assign(new Error(content.zh + (faults ? "：" + faults : "")), { status: answer.status });
}

function make(tag, text, ...inner) {
  const made = document.createElement(tag);
  if (text != null) made.textContent = text;
  made.append(...inner);
  return made;
}

const note = (text) => Object.assign(make("p", text), { className: "formula" });
const empty = (text) => Object.assign(make("p", text), { className: "empty" });

function fold(title, value, ...inner) {
  const summary = make("summary", title);
  if (value != null) summary.append(make("b", value));
  return make("details", null, summary, ...inner);
}

function show(part) {
  for (const id of ["enter", "change", "inside"]) $(id).hidden = id !== part;
  $("leave").hidden = part === "enter";
  $(part).querySelector("input")?.focus();
}

function showAccount(account) {
  const roles = account.grants.map((grant) => word(grant.role) + (grant.target ? `（${word(grant.target)}）` : ""));
  const rows = [["姓名", account.name], ["账号", account.account], ["总口", account.bureau || "（全系统）"], ["人员", account.person ?? "—"], ["角色", roles.join("、")]];
  $("me").replaceChildren(...rows.flatMap(([name, value]) => [make("dt", name), make("dd", value)]));
}

const entry = (one) => make("li", [one.period, one.indicator, one.name ?? one.title, one.subject, one.left && `${one.left} 项`, one.status].filter(Boolean).join(" · "));

async function showToDos() {
  const { cycle, lists } = await api("GET", "to-dos");
  const waiting = Object.entries(lists).filter(([, list]) => list.count > 0);
  const folds = waiting.map(([name, list]) => fold(word(name), list.count, make("ul", null, ...list.items.map(entry))));
  $("to-dos").replaceChildren(...(folds.length ? folds : [empty(cycle ? "没有待办事项。" : "尚无开放的考核年度。")]));
  return cycle;
}

const fact = (one) => make("li", [word(one.kind), one.period, JSON.stringify(one.counts), one.status].filter(Boolean).join(" · "));
const points = (one, key) => (one[key] == null ? "不适用" : one[key]);

function item(one) {
  const facts = one.facts.length ? make("ul", null, ...one.facts.map(fact)) : empty("尚无申报。");
  return fold(`${one.indicator} ${one.name}`, `${points(one, "points")} / ${one.full_points}`, note(one.formula), facts);
}
const category = (one) => fold(word(one.category), points(one, "score"), note(one.formula), ...one.items.map(item));
const line = (one) => fold(word(one.line), points(one, "score"), note(one.formula), ...one.categories.map(category));

async function showScore(person, cycle) {
  if (!person || !cycle) return $("score").replaceChildren(empty("该账号没有个人得分。"));
  const tree = await api("GET", `standings/explanations/${encodeURIComponent(person)}?cycle=${encodeURIComponent(cycle)}`);
  const final = Object.assign(make("p", tree.final ?? "—"), { className: "final" });
  $("score").replaceChildren(final, note(tree.formula), note(tree.layer_formula), ...tree.lines.map(line));
}

async function begin() {
  const session = await api("GET", "sessions/current");
  csrf = session.csrf;
  if (session.account.must_change) return show("change");
  showAccount(session.account);
  show("inside");
  const cycle = await showToDos().catch((error) => void $("to-dos").replaceChildren(empty(error.message)));
  await showScore(session.account.person, cycle).catch((error) => $("score").replaceChildren(empty(error.message)));
}

function onSubmit(id, act) {
  $(id).addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = $(id).querySelector("button");
    button.disabled = true;
    $("notice").textContent = "";
    try {
      await act(Object.fromEntries(new FormData($(id))));
      $(id).reset();
      await begin();
    } catch (error) {
      $("notice").textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
}

onSubmit("enter", (form) => api("POST", "sessions", form));
onSubmit("change", (form) => api("PUT", "accounts/current/password", form));
$("leave").addEventListener("click", async () => {
  await api("DELETE", "sessions/current").catch(() => {});
  location.reload();
});
begin().catch((error) => {
  if (error.status !== 401) $("notice").textContent = error.message;
  show("enter");
});
