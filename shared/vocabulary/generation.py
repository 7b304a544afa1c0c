"""The words of generated targets and of weights from judgement: code → 中文."""

GENERATION_STATES = {"proposed": "待采用", "applied": "已采用"}
FORECASTS = {"smoothing": "指数平滑", "combined": "组合预测", "none": "无往年实绩"}
RESULT_ORIGINS = {"published": "公布成绩", "recorded": "考核办登记"}
QUESTIONNAIRE_STATES = {"open": "征询中", "closed": "已截止"}
MODEL_PROPOSAL_STATES = {"proposed": "待采纳", "taken": "已采纳", "refused": "未采纳"}
WEIGHT_METHODS = {"eigenvector": "特征向量法", "geometric_mean": "几何平均法", "column_sum": "和法"}
RANDOM_INDICES = {"textbook": "教材表", "saaty_2005": "Saaty 2005 年表"}
