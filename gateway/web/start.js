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
  numerator: "分子", denominator: "分母", done: "完成", count: "次数", late: "迟到", early: "早退", absent: "旷工", overleave: "超假",
  national: "国家级", provincial: "省级", municipal: "市级", district: "区级",
  draft: "草稿", declared: "已申报", verified: "已核实", assessed: "已核评", returned: "已退回", judged: "已评定", settled: "已核定", closed: "已结束",
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

const counts = (one) => Object.entries(one.counts).map(([name, times]) => `${word(name)} ${times}`).join("，");
const fact = (one) => make("li", [word(one.kind), one.period, counts(one), word(one.status)].filter(Boolean).join(" · "));
const points = (one, key) => (one[key] == null ? "不适用" : one[key]);

function item(one) {
  const facts = one.facts.length ? make("ul", null, ...one.facts.map(fact)) : empty("尚无申报。");
  return fold(`${one.indicator} ${one.name}`, `${points(one, "points")} / ${one.full_points}`, note(one.formula), facts);
}
const category = (one) => fold(word(one.category), points(one, "score"), note(one.formula), ...one.items.map(item));
const line = (one) => fold(word(one.line), points(one, "score"), note(one.formula), ...one.categories.map(category));

function showTree(tree, standing) {
  const final = Object.assign(make("p", tree.final ?? "—"), { className: "final" });
  $("score").replaceChildren(final, note(standing), note(tree.formula), note(tree.layer_formula), ...tree.lines.map(line));
}

const listed = (one) => (one.struck ? "否决剔除" : one.commended ? "先进" : "");
const cells = (one) => [one.rank, one.name, one.unit_name, one.final, listed(one)].map((text) => make("td", text ?? ""));

async function showRanking(run) {
  const { items, quota } = await api("GET", `runs/${run.run}/ranking?limit=100`);
  const head = make("tr", null, ...["名次", "姓名", "单位", "得分", "先进"].map((text) => make("th", text)));
  const rows = items.map((one) => make("tr", null, ...cells(one)));
  const told = note(`参评 ${quota.ranked} 人，推荐名额 ${quota.places} 个（${quota.percent}% 以内），否决剔除 ${quota.struck} 人。`);
  $("ranking").replaceChildren(told, make("table", null, make("thead", null, head), make("tbody", null, ...rows)));
  $("ranking-title").textContent = `${run.cycle} 年度排名（前 ${items.length} 名）`;
  $("ranked").hidden = false;
}

async function showScore(person, cycle) {
  const run = cycle ? null : (await api("GET", "runs?limit=500")).items.filter((one) => one.status === "published").at(-1);
  if (run) await showRanking(run);
  if (!person || !(cycle || run)) return $("score").replaceChildren(empty("该账号没有个人得分。"));
  const path = run ? `runs/${run.run}/explanations/${encodeURIComponent(person)}`
    : `standings/explanations/${encodeURIComponent(person)}?cycle=${encodeURIComponent(cycle)}`;
  const tree = await api("GET", path);
  $("score-title").textContent = run ? `我的得分（${run.cycle} 年度，已公布）` : "我的得分（实时，仅供参考）";
  showTree(tree, tree.rank ? `第 ${tree.rank} 名` : "");
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
