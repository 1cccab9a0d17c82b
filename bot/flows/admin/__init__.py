"""The admins' menu: the configuration edited by buttons, tried, compared, applied, rolled back."""
