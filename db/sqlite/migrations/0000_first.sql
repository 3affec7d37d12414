CREATE TABLE `attribute_names` (
	`name` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`who` text NOT NULL,
	`what` text NOT NULL,
	`mailing_id` integer,
	`why` text,
	FOREIGN KEY (`mailing_id`) REFERENCES `mailings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `district_keys` (
	`key` text PRIMARY KEY NOT NULL,
	`district_id` integer NOT NULL,
	FOREIGN KEY (`district_id`) REFERENCES `districts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `districts` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`zone` text
);
--> statement-breakpoint
CREATE TABLE `gateways` (
	`name` text PRIMARY KEY NOT NULL,
	`rests_until` integer,
	`reason` text
);
--> statement-breakpoint
CREATE TABLE `installation` (
	`id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mailings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`uid` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`text` text NOT NULL,
	`gateway` text NOT NULL,
	`at` text NOT NULL,
	`on_date` text NOT NULL,
	`until` text NOT NULL,
	`expires_at` integer NOT NULL,
	`terms` text NOT NULL,
	`plan` text NOT NULL,
	`planner_id` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mailings_uid` ON `mailings` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `mailings_name` ON `mailings` (`name`) WHERE state <> 'cancelled';--> statement-breakpoint
CREATE INDEX `mailings_open` ON `mailings` (`state`) WHERE state in ('planning', 'active', 'paused');--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`mailing_id` integer NOT NULL,
	`recipient_id` integer NOT NULL,
	`zone` text NOT NULL,
	`send_at` integer NOT NULL,
	`due_at` integer,
	`state` text NOT NULL,
	`reason` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`worker_id` integer,
	`address` text,
	`text` text,
	`gateway_ref` text,
	`settled_at` integer,
	FOREIGN KEY (`mailing_id`) REFERENCES `mailings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recipient_id`) REFERENCES `recipients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_once` ON `messages` (`mailing_id`,`recipient_id`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`mailing_id`,`due_at`,`id`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `messages_in_hand` ON `messages` (`worker_id`) WHERE state = 'sending';--> statement-breakpoint
CREATE TABLE `recipient_tags` (
	`recipient_id` integer NOT NULL,
	`tag` text NOT NULL,
	PRIMARY KEY(`recipient_id`, `tag`),
	FOREIGN KEY (`recipient_id`) REFERENCES `recipients`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `recipient_tags_tag` ON `recipient_tags` (`tag`,`recipient_id`);--> statement-breakpoint
CREATE TABLE `recipients` (
	`id` integer PRIMARY KEY NOT NULL,
	`external_id` text,
	`phone` text,
	`email` text,
	`operator_code` text,
	`name` text,
	`contact_person` text,
	`tax_number` text,
	`address` text,
	`district_id` integer,
	`zone` text,
	`unsubscribed` integer DEFAULT 0 NOT NULL,
	`unsubscribed_by_admin` integer DEFAULT 0 NOT NULL,
	`attributes` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`district_id`) REFERENCES `districts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recipients_external_id` ON `recipients` (`external_id`) WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX `recipients_phone` ON `recipients` (`phone`) WHERE phone is not null;--> statement-breakpoint
CREATE INDEX `recipients_email` ON `recipients` (`email`) WHERE email is not null;--> statement-breakpoint
CREATE TABLE `troubles` (
	`key` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`told_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `workers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`host` text NOT NULL,
	`boot_id` text NOT NULL,
	`pid` integer NOT NULL,
	`pid_start` text NOT NULL,
	`started_at` integer NOT NULL,
	`seen_at` integer NOT NULL
);
