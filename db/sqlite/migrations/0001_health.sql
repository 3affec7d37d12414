ALTER TABLE `gateways` ADD `failures` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `gateways` ADD `probe_until` integer;--> statement-breakpoint
ALTER TABLE `gateways` ADD `ramp_from` integer;--> statement-breakpoint
ALTER TABLE `gateways` ADD `ramp_ms` integer;--> statement-breakpoint
ALTER TABLE `gateways` ADD `next_slot_at` real;--> statement-breakpoint
ALTER TABLE `gateways` ADD `accepted_at` integer;--> statement-breakpoint
ALTER TABLE `gateways` ADD `paused_at` integer;--> statement-breakpoint
ALTER TABLE `gateways` ADD `paused_by` text;--> statement-breakpoint
ALTER TABLE `gateways` ADD `paused_why` text;--> statement-breakpoint
ALTER TABLE `installation` ADD `held_at` integer;--> statement-breakpoint
ALTER TABLE `installation` ADD `held_by` text;--> statement-breakpoint
ALTER TABLE `installation` ADD `held_why` text;--> statement-breakpoint
ALTER TABLE `installation` ADD `home` text;--> statement-breakpoint
ALTER TABLE `installation` ADD `restored_to` integer;--> statement-breakpoint
ALTER TABLE `installation` ADD `clock` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `doubt_since` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `deaths` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `workers` ADD `seen_mono` integer;