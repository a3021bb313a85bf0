-- Where a file came from: 'attachment' (post, upload and url say which) or 'drop_folder' (those three are empty).
ALTER TABLE file_details ADD COLUMN source TEXT NOT NULL DEFAULT 'attachment';
