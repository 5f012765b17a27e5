"""Trying failed files again although they have not changed."""

from imgsearch_desktop.domain.changes import ScannedFile


def test_only_the_named_files_are_tried_again(catalogue, root_id):
    def fail(writer):
        for name in (b"a.jpg", b"sub/b.jpg"):
            writer.record_failure(ScannedFile(name, 10, 20), root_id, "It is broken.", retry=False)

    catalogue.write(fail)
    catalogue.write(lambda writer: writer.retry_failures([b"/photos/sub/b.jpg", b"/elsewhere/a.jpg"]))
    retried = {known.relative_path: known.retry for known in catalogue.known_files(root_id)}
    assert retried == {b"a.jpg": False, b"sub/b.jpg": True}
