CREATE TABLE `attempts` (
	`id` integer PRIMARY KEY NOT NULL,
	`message_id` integer NOT NULL,
	`attempt` integer NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `attempts_message` ON `attempts` (`message_id`);--> statement-breakpoint
CREATE TABLE `blocked` (
	`address` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`who` text NOT NULL,
	`why` text
);
--> statement-breakpoint
CREATE TABLE `import_before` (
	`import_id` integer NOT NULL,
	`recipient_id` integer NOT NULL,
	`before` text NOT NULL,
	PRIMARY KEY(`import_id`, `recipient_id`)
);
--> statement-breakpoint
CREATE TABLE `import_ranges` (
	`import_id` integer NOT NULL,
	`first_id` integer NOT NULL,
	`last_id` integer NOT NULL,
	PRIMARY KEY(`import_id`, `first_id`)
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`who` text NOT NULL,
	`file` text NOT NULL,
	`state` text NOT NULL,
	`added` integer DEFAULT 0 NOT NULL,
	`changed` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mailing_counts` (
	`mailing_id` integer NOT NULL,
	`state` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`mailing_id`, `state`),
	FOREIGN KEY (`mailing_id`) REFERENCES `mailings`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `mailing_texts` (
	`mailing_id` integer NOT NULL,
	`no` integer NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`mailing_id`, `no`),
	FOREIGN KEY (`mailing_id`) REFERENCES `mailings`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP INDEX `mailings_open`;--> statement-breakpoint
ALTER TABLE `mailings` ADD `text_no` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `mailings` ADD `edit` text;--> statement-breakpoint
ALTER TABLE `mailings` ADD `followed_at` integer;--> statement-breakpoint
ALTER TABLE `mailings` ADD `created_by` text;--> statement-breakpoint
ALTER TABLE `mailings` ADD `approved_by` text;--> statement-breakpoint
CREATE INDEX `mailings_open` ON `mailings` (`state`) WHERE state in ('planning', 'proposed', 'active', 'paused');--> statement-breakpoint
ALTER TABLE `audit` ADD `message_id` integer;--> statement-breakpoint
ALTER TABLE `audit` ADD `recipient_id` integer;--> statement-breakpoint
ALTER TABLE `audit` ADD `detail` text;--> statement-breakpoint
CREATE INDEX `audit_mailing` ON `audit` (`mailing_id`);--> statement-breakpoint
CREATE INDEX `audit_recipient` ON `audit` (`recipient_id`) WHERE recipient_id is not null;--> statement-breakpoint
ALTER TABLE `installation` ADD `book_changed_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `text_no` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `resend` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `any_hour` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_trouble` ON `messages` (`mailing_id`,`state`,`recipient_id`) WHERE state in ('failed', 'unknown', 'expired');--> statement-breakpoint
ALTER TABLE `recipients` ADD `removed_at` integer;--> statement-breakpoint
INSERT INTO `mailing_counts` (`mailing_id`, `state`, `count`) SELECT `mailing_id`, `state`, count(*) FROM `messages` GROUP BY `mailing_id`, `state`;--> statement-breakpoint
UPDATE `mailings` SET `terms` = json_set(`terms`, '$.audience.zones', json('[]'), '$.audience.attributes', json('[]'), '$.audience.neverReached', json('false'), '$.follow', json('false'));
