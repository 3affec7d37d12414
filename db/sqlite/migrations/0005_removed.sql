CREATE TABLE `removed_addresses` (
	`hash` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `recipients_phone_refused` ON `recipients` (`phone`) WHERE unsubscribed or unsubscribed_by_admin;--> statement-breakpoint
CREATE INDEX `recipients_email_refused` ON `recipients` (`email`) WHERE unsubscribed or unsubscribed_by_admin;