"""The bridge between rows and pipeline: a story's articles go in, one comparison comes out and is saved."""

from .run import compare_story, compute
from .save import save_result
from .status import StoryStatus, status_of

__all__ = ["StoryStatus", "compare_story", "compute", "save_result", "status_of"]
