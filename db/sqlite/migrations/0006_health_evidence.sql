ALTER TABLE `gateways` ADD `witnesses` text;--> statement-breakpoint
ALTER TABLE `gateways` ADD `checks_at` integer;