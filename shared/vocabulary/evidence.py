"""The words of evidence: code → 中文."""

FILE_KINDS = {
    "jpg": "图片 JPEG",
    "png": "图片 PNG",
    "heic": "图片 HEIC",
    "webp": "图片 WebP",
    "tiff": "图片 TIFF",
    "pdf": "PDF",
    "docx": "Word 文档",
    "xlsx": "Excel 工作簿",
    "pptx": "PowerPoint 文稿",
    "ofd": "OFD 版式文件",
    "txt": "文本",
    "csv": "CSV",
}
PICTURE_KINDS = ("jpg", "png", "heic", "webp", "tiff", "pdf")  # of which a page can be shown
REFERRING = {
    "declaration": "申报",
    "task_order": "任务单",
    "contribution": "贡献",
    "temporary_work": "临时工作",
    "inquiry": "问询",
    "veto": "否决",
    "inspection": "抽查",
    "appeal": "申诉",
}
