"""Reading workbooks from outside, for whoever takes them; what their cells mean is the reader's business."""
